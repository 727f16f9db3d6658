"""`rantau sheet FILE --out XLSX`: write a published round as a spreadsheet that computes it again; no Django."""

import argparse
import sys

from pydantic import ValidationError

from rantau.engine.publication import read
from rantau.engine.shape import Unreadable
from rantau.web.selection.workbook import build


def run(options: argparse.Namespace) -> int:
    """Write the sheet and return 0, or print why the file is no such round and return 2.

    :raises Refusal: `sheet.rows`, `sheet.exact` for a round that no sheet can hold
    """
    try:
        made = build(read(options.file.read_bytes()), language=options.language)
        options.out.write_bytes(made)
    except (OSError, Unreadable) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    except ValidationError as error:
        print(f"{options.file}: rules: {error.errors()[0]['msg']}", file=sys.stderr)
        return 2
    return 0
