// From what was read to what it stands for. The signature is checked here where the browser can (WebCrypto Ed25519);
// where it cannot, only a pass on the list counts.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SHORTEST = 8; // the code of a ticket; a pass has more. What is shorter was mistyped, and nothing that the server should look for
const CONFUSED = { I: "1", L: "1", O: "0", U: "V" };

// {kind, code, signature, text}: text is what the server is sent.
export async function read(input, keys) {
  const text = input.trim().replace(/\/+$/, "").split("/").at(-1).slice(0, 300);
  if (!text.includes(".")) {
    const code = [...text.toUpperCase()].map((char) => CONFUSED[char] ?? char).filter((char) => ALPHABET.includes(char)).join("");
    return { kind: code.length >= SHORTEST ? "code" : "none", code, signature: "unchecked", text: code };
  }
  const [kid, code, signature, more] = text.split(".");
  if (!signature || more !== undefined || !code) return { kind: "none", code: "", signature: "bad", text };
  return { kind: "token", code, signature: await check(keys, kid, code, signature), text };
}

async function check(keys, kid, code, signature) {
  if (!(kid in keys)) return "unchecked"; // a key made after the list was fetched: the server decides
  try {
    const key = await crypto.subtle.importKey("raw", bytes(keys[kid]), { name: "Ed25519" }, false, ["verify"]);
    const signed = new TextEncoder().encode(`pass.${kid}.${code}`);
    return (await crypto.subtle.verify({ name: "Ed25519" }, key, bytes(signature), signed)) ? "good" : "bad";
  } catch (error) {
    return error.name === "InvalidCharacterError" ? "bad" : "unchecked";
  }
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
