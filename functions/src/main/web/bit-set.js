/** Sets of type numbers, one bit a type. */
export function emptySet(count) {
  return new Uint32Array((count + 31) >>> 5);
}

export function fullSet(count) {
  const set = emptySet(count).fill(0xffffffff);
  const rest = count & 31;
  if (rest) {
    set[set.length - 1] = (1 << rest) - 1;
  }
  return set;
}

export function add(set, i) {
  set[i >>> 5] |= 1 << (i & 31);
}

export function has(set, i) {
  return (set[i >>> 5] >>> (i & 31)) & 1;
}

/** Calls for each number in a set, in their order. */
export function each(set, call) {
  for (let w = 0; w < set.length; w++) {
    for (let word = set[w]; word !== 0; word &= word - 1) {
      call((w << 5) + 31 - Math.clz32(word & -word));
    }
  }
}

export function intersect(target, other) {
  for (let w = 0; w < target.length; w++) {
    target[w] &= other[w];
  }
}

export function unite(target, other) {
  for (let w = 0; w < target.length; w++) {
    target[w] |= other[w];
  }
}

function ones(word) {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

export function size(set) {
  let count = 0;
  for (let w = 0; w < set.length; w++) {
    count += ones(set[w]);
  }
  return count;
}

/** How many types two sets share. */
export function shared(set, other) {
  let count = 0;
  for (let w = 0; w < set.length; w++) {
    const word = set[w] & other[w];
    if (word) {
      count += ones(word);
    }
  }
  return count;
}
