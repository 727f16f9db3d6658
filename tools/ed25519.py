"""Check an Ed25519 signature with whole numbers alone (RFC 8032, 5.1.7): slow, and short enough to be read."""

import hashlib

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # of the field, of the group


def over(a, b):
    return a * pow(b, -1, P) % P


D, ROOT_OF_MINUS_ONE = over(-121665, 121666), pow(2, (P - 1) // 4, P)


def add(a, b):
    """Return the sum of two points (x, y) of the curve -x² + y² = 1 + D x² y²."""
    (x, y), (u, v) = a, b
    both = D * x * u * y * v
    return over(x * v + y * u, 1 + both), over(y * v + x * u, 1 - both)


def times(n, a):
    """Return a point added to itself n times, by doubling."""
    total = 0, 1
    for bit in f"{n:b}":
        total = add(total, total)
        total = add(total, a) if bit == "1" else total
    return total


def point(data):
    """Return the point of 32 bytes: y, and in the last bit whether x is odd.

    :raises ValueError: where there is no such point
    """
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    square = over(y * y - 1, D * y * y + 1)
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT_OF_MINUS_ONE % P
    if y >= P or x * x % P != square or (odd and not x):
        raise ValueError("no point of the curve")
    return (x if x % 2 == odd else P - x), y


BASE = point(over(4, 5).to_bytes(32, "little"))


def holds(signature, text):
    """Return whether a signature, {"key", "value"} in hexadecimal, is its key's signature of the text."""
    return verify(bytes.fromhex(signature["key"]), bytes.fromhex(signature["value"]), text.encode())


def verify(key, value, message):
    """Return whether 64 bytes are the signature of a message by a key of 32 bytes."""
    s = int.from_bytes(value[32:], "little")
    hashed = int.from_bytes(hashlib.sha512(value[:32] + key + message).digest(), "little") % ORDER
    try:
        return s < ORDER and times(s, BASE) == add(point(value[:32]), times(hashed, point(key)))
    except ValueError:
        return False
