// Taps by the minute. A bucket is {id, minute, from, to, in, out, offset, sent}: from and to in this phone's own time,
// offset what was known of its clock when the bucket was opened. It is brought once its minute is over for a while, so
// that a slip of the thumb can still be taken back; undo reaches every tap that has not been brought.
const MINUTE = 60_000;
const SETTLED = 15_000;
const MOST = 9_999; // of one side in one minute; nobody taps more

export function openBuckets({ store, rows, clock, newId = () => crypto.randomUUID() }) {
  const taps = [];

  function current(now, span) {
    const minute = Math.floor(now / MINUTE);
    let bucket = rows.findLast((each) => !each.square && each.minute === minute && !each.closed);
    if (!bucket) {
      const begins = Math.max(minute * MINUTE, span?.[0] ?? 0, started ?? 0);
      bucket = { id: newId(), minute, from: begins - clock.offset, to: now - clock.offset, in: 0, out: 0, offset: clock.offset, sent: false };
      rows.push(bucket);
    }
    return bucket;
  }

  let started = null; // on duty since

  function stretch(bucket, now, span) {
    const ends = Math.min((bucket.minute + 1) * MINUTE, span?.[1] ?? Infinity, now);
    bucket.to = Math.max(bucket.to, bucket.from, ends - bucket.offset);
  }

  // What was open when the page slept ends where it was last seen, or with its minute when the page was there.
  function close(now) {
    const changed = rows.filter((each) => !each.closed && !each.square && each.minute < Math.floor(now / MINUTE));
    for (const bucket of changed) {
      const ends = (bucket.minute + 1) * MINUTE - bucket.offset;
      if (ends - bucket.to < SETTLED) bucket.to = Math.max(bucket.to, Math.min(ends, limit(bucket)));
      bucket.closed = true;
    }
    return changed;
  }

  const limit = (bucket) => (bucket.until ?? Infinity) - bucket.offset;

  return {
    get taps() {
      return taps;
    },
    begin(now) {
      started = now;
    },
    pause(now) {
      started = null;
      const open = rows.filter((each) => !each.closed && !each.square);
      for (const bucket of open) {
        stretch(bucket, now, null);
        bucket.closed = true;
      }
      return store.putScans(open);
    },
    // On duty a minute without a tap is a minute in which nobody came: it is kept as well.
    tick(now, span) {
      const changed = close(now);
      const bucket = current(now, span);
      if (span) bucket.until = span[1];
      stretch(bucket, now, span);
      return store.putScans([...changed, bucket]);
    },
    idle(now) {
      const changed = close(now);
      return changed.length ? store.putScans(changed) : Promise.resolve();
    },
    async tap(side, by, now, span) {
      const bucket = current(now, span);
      if (bucket[side] + by > MOST) return false;
      bucket[side] += by;
      if (span) bucket.until = span[1];
      stretch(bucket, now, span);
      try {
        await store.putScans([bucket]);
      } catch (error) {
        bucket[side] -= by;
        throw error;
      }
      taps.push({ bucket, side, by });
      return true;
    },
    // The tap that was taken back; null when there is none, false when it is with the server already.
    async undo() {
      const last = taps.at(-1);
      if (!last) return null;
      if (last.bucket.sent || last.bucket.sending) return false;
      taps.pop();
      last.bucket[last.side] -= last.by;
      await store.putScans([last.bucket]);
      return last;
    },
    async square(people, now) {
      const at = now - clock.offset;
      const row = { id: newId(), minute: Math.floor(now / MINUTE), from: at, to: at, in: people, out: 0, offset: clock.offset, sent: false, closed: true, square: true };
      rows.push(row);
      await store.putScans([row]);
    },
    waiting: () => rows.filter((each) => !each.sent),
    pending: (now) => rows.filter((each) => !each.sent && each.closed && each.to + each.offset <= now - (each.square ? 0 : SETTLED)),
  };
}

// Where a moment lies among times: the span that it is in, and the one that comes next.
export function among(times, now) {
  return { inside: times.find(([begins, ends]) => begins <= now && now < ends) ?? null, next: times.find(([begins]) => begins > now) ?? null };
}
