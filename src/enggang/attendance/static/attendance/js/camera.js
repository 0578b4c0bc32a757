// Reads QR codes off a video: with the browser's own detector where it has one, else (Firefox, iOS, most desks) with a
// decoder that is loaded only then.
const LARGEST = 800; // pixels: enough for a pass held before the lens, and quick on a cheap phone
const EVERY = 150;

export const hasCamera = Boolean(navigator.mediaDevices?.getUserMedia);

async function hasDetector() {
  if (!("BarcodeDetector" in window)) return false;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}

// Answers a function from a video to the text it shows, or "". Asked early, it is there when the signal is gone.
export async function openReader(decoder) {
  if (await hasDetector()) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  const { decodeQR } = await import(decoder);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const { videoWidth, videoHeight } = video;
    if (!videoWidth) return "";
    const scale = Math.min(1, LARGEST / Math.max(videoWidth, videoHeight));
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
    try {
      return decodeQR({ data, width, height });
    } catch {
      return ""; // no code in this picture
    }
  };
}

// Starts the camera at the back of the phone; false when there is none or it may not be used.
export async function start(video) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (!stream) return false;
  video.srcObject = stream;
  await video.play();
  return true;
}

const track = (video) => video.srcObject?.getVideoTracks()[0];

export function hasTorch(video) {
  return Boolean(track(video)?.getCapabilities?.().torch);
}

// Switches the phone's light; answers whether it is on now. A light that the phone keeps back (a low battery, too warm)
// stays as it was.
export async function torch(video, on) {
  const done = await track(video)?.applyConstraints({ advanced: [{ torch: on }] }).then(() => true, () => false);
  return done ? on : !on;
}

export function stop(video) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

// Calls ``found`` with every code, but not again for one that is held before the lens.
export async function watch(video, read, found, pause) {
  const seen = new Map();
  while (video.srcObject) {
    const text = await read(video).catch(() => "");
    if (text && Date.now() - (seen.get(text) ?? 0) > pause) await found(text);
    if (text) seen.set(text, Date.now());
    await new Promise((done) => setTimeout(done, EVERY));
  }
}
