// The rule of the gate, line for line that of attendance/evaluator.py, which also says what each part of the question
// means. tests/attendance/golden.json holds both. Pure: reads no clock, no storage.
export const CLOCK_TOLERANCE = 5 * 60_000;
export const FAR = 6 * 60 * 60_000;
export const LIFTED = new Set(["revoked", "other_time", "consent", "waiting", "all_in", "two_devices", "full"]);

export function evaluate(asked) {
  const answer = decide(asked);
  return asked.passage?.override && LIFTED.has(answer[1]) ? ["accepted", "override"] : answer;
}

function decide(asked) {
  for (const rule of [gate, reading, occasion, entry, mark, passage, clock]) {
    const answer = rule(asked);
    if (answer) return answer;
  }
  return ["accepted", ""];
}

function gate(asked) {
  if (asked.gate.revoked) return ["refused", "gate_revoked"];
  if (asked.now >= asked.gate.ends_at) return ["refused", "gate_ended"];
  if (asked.now < asked.gate.opens_at - CLOCK_TOLERANCE) return ["refused", "gate_early"];
  return null;
}

function reading({ read }) {
  return read.kind === "none" || read.signature === "bad" ? ["refused", "unreadable"] : null;
}

function occasion(asked) {
  if (asked.occasion === null) return ["refused", "no_occasion"];
  if (asked.occasion.state === "cancelled") return ["refused", "cancelled"];
  return null;
}

function entry(asked) {
  const known = asked.entry;
  if (known === null) {
    const unasked = asked.read.kind === "code" && asked.listed === false;
    const mayBeNew = !asked.complete && (asked.read.signature === "good" || unasked);
    return mayBeNew ? ["held", "unlisted"] : ["refused", "unknown"];
  }
  if (asked.passage?.direction === "out") return null;
  if (known.revoked) return ["refused", "revoked"];
  if (known.only && known.only !== asked.occasion.code) return ["refused", "other_time"];
  return known.withheld ? ["refused", known.withheld] : null;
}

function mark(asked) {
  const known = asked.mark;
  if (known === null) return null;
  if (known.status !== "present") return known.at > asked.now ? ["refused", "overruled"] : null;
  if (!known.device) return ["repeated", "already"];
  return ["repeated", known.device === asked.device ? "again" : "two_devices"];
}

function passage(asked) {
  const going = asked.passage;
  if (!going) return null;
  if (going.direction === "out") return going.quantity > going.inside ? ["accepted", "unseen"] : null;
  const used = going.re_entry ? going.inside : going.entered;
  if (used + going.quantity > asked.entry.quantity) {
    return ["repeated", going.device && going.device !== asked.device ? "two_devices" : "all_in"];
  }
  return going.room !== null && going.quantity > going.room ? ["refused", "full"] : null;
}

function clock(asked) {
  if (Math.abs(asked.drift) > CLOCK_TOLERANCE) return ["accepted", "clock"];
  const { starts_at, ends_at } = asked.occasion;
  return starts_at - FAR <= asked.now && asked.now <= ends_at + FAR ? null : ["accepted", "odd_time"];
}
