// Tells a dark or blurred photo before it is sent, shrinks a large one, sends files in parts that outlive a dead line.
// Without this file the form sends the file whole.
const PART = 65536, LONGEST = 2000, PATIENCE = 90000, WAITS = [2, 5, 10, 20, 40, 60];

const digest = async (data) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))]
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");

// --- a photo, by the measures and limits of documents/checks.py ---
const drawn = (picture, longest) => {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const doubt = (picture, limits) => {
  const canvas = drawn(picture, limits.measured), { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height), counts = new Uint32Array(256);
  let light = 0, seen = 0, ink = 0, sum = 0, squares = 0, edges = 0;
  for (let i = 0; i < grey.length; i += 1) {
    grey[i] = Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    counts[grey[i]] += 1;
    light += grey[i] / grey.length;
  }
  while (ink < 255 && (seen += counts[ink]) < grey.length / 200) ink += 1;
  for (let y = 1; y < height - 1; y += 1) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i += 1) {
      const edge = grey[i - width] + grey[i + width] + grey[i - 1] + grey[i + 1] - 4 * grey[i];
      sum += edge;
      squares += edge * edge;
      edges += 1;
    }
  }
  if (light < limits.dark) return "dark";
  if (light > limits.bright && ink > limits.ink) return "bright";
  return squares / edges - (sum / edges) ** 2 < limits.sharp ? "blurred" : "";
};

const opened = async (file) => {
  if (!file?.type.startsWith("image/")) return null;
  try { return await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { return null; }
};

// A large photo becomes a JPEG of at most 2000 pixels.
const smaller = async (file) => {
  const picture = await opened(file);
  if (!picture || Math.max(picture.width, picture.height) <= LONGEST) return file;
  const made = await new Promise((done) => { drawn(picture, LONGEST).toBlob(done, "image/jpeg", 0.85); });
  return made && made.size < file.size ? made : file;
};

// --- one field ---
const enhance = (box) => {
  const input = box.querySelector("input[type=file]"), { form } = input, told = box.querySelector(".upload-said");
  const words = box.querySelector("template").content, limits = box.dataset, own = "own" in limits;
  const place = `rantau-upload ${location.pathname} ${input.id}`;
  let busy = false, memory = null;

  const sentence = (name) => words.querySelector(`[data-say=${name}]`).textContent;
  const share = (part) => part.toLocaleString(document.documentElement.lang, { style: "percent" });
  const say = (text, wrong = false, facts = {}) => {
    told.className = `upload-said ${wrong ? "wrong" : "hint"}`;
    told.textContent = text.replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  };

  // Kept on one's own phone alone, until the file is there.
  const recall = () => {
    try { return own ? JSON.parse(localStorage.getItem(place)) : memory; } catch { return memory; }
  };
  const remember = (value) => {
    memory = value;
    try {
      if (own && value) localStorage.setItem(place, JSON.stringify(value));
      else localStorage.removeItem(place);
    } catch { /* no store */ }
  };

  const ask = async (address, method = "GET", headers = {}, body = null) => {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
    const token = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    try {
      return await fetch(address, { method, body, redirect: "manual", headers: { ...token, ...headers }, signal: stop.signal });
    } finally { clearTimeout(timer); }
  };

  // While the line is dead: say so, wait longer each time, ask again.
  const patient = async (part, ...what) => {
    for (let tried = 0; ; tried += 1) {
      try {
        const answer = await ask(...what);
        if (answer.status < 500) return answer;
      } catch { /* no line */ }
      const seconds = WAITS[Math.min(tried, WAITS.length - 1)];
      say(sentence("waits"), false, { part, seconds });
      await new Promise((done) => {
        setTimeout(done, 1000 * seconds);
        addEventListener("online", done, { once: true });
      });
    }
  };

  // Go on where an upload of the same bytes stopped, or begin one.
  const begun = async (size, mark) => {
    const known = recall();
    if (known?.digest === mark) {
      const answer = await patient(share(0), known.address);
      if (answer.ok) return answer.json();
    }
    const answer = await patient(share(0), limits.begin, "POST", { "Upload-Length": String(size) });
    if (!answer.ok) throw answer;
    const made = await answer.json();
    remember({ address: made.address, digest: mark, size });
    return made;
  };

  const transfer = async (sent) => {
    const { size } = sent, mark = await digest(await sent.arrayBuffer());
    const kilobytes = (bytes) => Math.ceil(bytes / 1024).toLocaleString(document.documentElement.lang);
    let { address, ref, offset } = await begun(size, mark), faults = 0;
    while (offset < size) {
      const part = share(offset / size);
      say(sentence("sent"), false, { sent: kilobytes(offset), size: kilobytes(size), part });
      const body = await sent.slice(offset, offset + PART).arrayBuffer();
      const answer = await patient(part, address, "POST", {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(offset),
        "Upload-Checksum": `sha256 ${await digest(body)}`,
      }, body);
      const next = answer.headers.get("Upload-Offset");
      if (!answer.ok && (!answer.status || (faults += 1) > 5)) throw answer;
      if (next !== null) offset = Number(next);
      if (answer.status === 404) {
        remember(null);
        ({ address, ref, offset } = await begun(size, mark));
      }
    }
    return ref;
  };

  const finish = (ref) => {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: `${input.name}_upload`, value: ref });
    form.append(hidden);
    input.disabled = true;
    remember(null);
    say(sentence("checked"));
    form.submit();
  };

  const failed = async (answer) => {
    const said = answer.status ? await answer.json().catch(() => null) : null;
    if (answer.status === 0) say(sentence("signed"), true);
    else if (said?.sentence) say(said.sentence, true);
    else form.submit(); // whatever went wrong here, the form can do without
  };

  form.addEventListener("submit", async (event) => {
    if (!busy && !input.files.length) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(sentence("ready"));
    try { finish(await transfer(await smaller(input.files[0]))); } catch (answer) { await failed(answer); }
    busy = false;
  });

  input.addEventListener("change", async () => {
    const file = input.files[0], picture = await opened(file);
    if (busy || file !== input.files[0]) return;
    const found = picture && doubt(picture, limits);
    if (found) say(`${sentence(found)} ${sentence("anyway")}`, true);
    else say(picture ? sentence("good") : "");
  });

  const left = recall();
  if (left) {
    ask(left.address).then(async (answer) => {
      if (answer.status === 404) remember(null);
      if (!answer.ok || busy) return;
      say(sentence("stopped"), false, { part: share((await answer.json()).offset / left.size) });
    }).catch(() => { /* no line */ });
  }
};

if (window.createImageBitmap && window.crypto?.subtle) document.querySelectorAll(".upload").forEach(enhance);
