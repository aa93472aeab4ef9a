/**
 * The rules of mailboxes as Redis scripts: the same as `Mailbox`, in one step each, so that several processes can share a
 * mailbox. Under the prefix there are
 *
 *     m:<mailbox>      hash: e epoch, n nameplate, t and ts attempts and since when; of each place i (0, 1): s side, u used,
 *                      p `<process>:<member>` while it is here, w since when it is away, a last number from it, k last
 *                      number it has acknowledged, b bytes that wait for it
 *     q:<mailbox>:<i>  list: frames that wait for place i, the numbers from k + 1 on
 *     n:<nameplate>    the mailbox
 *     p:<process>      there while the process lives
 *     c:<process>      channel of what its members are told: see `busMessage.ts`
 *
 * All of them run out by themselves. Keys are made of arguments: a Redis Cluster does not do.
 */
const PRELUDE = `
local P, id, lease, awayMs, newEpoch = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local M, Q = P .. 'm:' .. id, P .. 'q:' .. id .. ':'
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local FRAME, ACK, PEER, END = 1, 2, 3, 4
local function get(field) return redis.call('HGET', M, field) end
local function num(field) return tonumber(get(field) or '0') end
local function set(...) redis.call('HSET', M, ...) end
local function del(...) redis.call('HDEL', M, ...) end
local function exists() return redis.call('EXISTS', M) == 1 end
local function keep()
  for _, key in ipairs({ M, Q .. 0, Q .. 1 }) do redis.call('PEXPIRE', key, lease) end
end
local function tell(i, kind, body)
  local p = get('p' .. i)
  if not p then return false end
  local process, member = string.match(p, '^(%x+):(%d+)$')
  local heard = redis.call('PUBLISH', P .. 'c:' .. process, struct.pack('>BI4', kind, tonumber(member)) .. body)
  if heard > 0 then return true end
  del('p' .. i)
  set('w' .. i, now)
  return false
end
local function tellPeer(i, isPresent)
  return tell(i, PEER, (isPresent and '1' or '0') .. get('e'))
end
local function drop(i)
  redis.call('DEL', Q .. i)
  set('b' .. i, 0)
end
local function reset()
  set('e', newEpoch, 'a0', 0, 'a1', 0, 'k0', 0, 'k1', 0)
  drop(0)
  drop(1)
end
local function freeNameplate()
  local n = get('n')
  if n then
    redis.call('DEL', P .. 'n:' .. n)
    del('n')
  end
end
local function remove()
  freeNameplate()
  redis.call('DEL', M, Q .. 0, Q .. 1)
end
local function vacate(i)
  drop(i)
  set('k' .. i, num('a' .. (1 - i)))
  del('s' .. i, 'p' .. i, 'w' .. i)
  if not get('s0') and not get('s1') then remove() end
end
local function acknowledge(i, number)
  local bytes = 0
  local done = redis.call('LPOP', Q .. i, number - num('k' .. i))
  for _, frame in ipairs(done or {}) do bytes = bytes + #frame end
  set('k' .. i, number)
  redis.call('HINCRBY', M, 'b' .. i, -bytes)
  tell(1 - i, ACK, struct.pack('>I4', number))
end
-- Members of a process that died are away; a place whose side stayed away is free.
local function settle()
  for i = 0, 1 do
    local p = get('p' .. i)
    if p and redis.call('EXISTS', P .. 'p:' .. string.match(p, '^(%x+):')) == 0 then
      del('p' .. i)
      set('w' .. i, now)
      tellPeer(1 - i, false)
    end
    if get('s' .. i) and not get('p' .. i) and now - num('w' .. i) >= awayMs then
      vacate(i)
      if not exists() then return end
      if get('p' .. (1 - i)) then
        reset()
        tellPeer(1 - i, false)
      end
    end
  end
end
`;

/** More arguments: side, presence, epoch and number to resume from, way, nameplate, attempts, window in ms. */
const JOIN = `
local side, presence, resumeEpoch, received = ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
local way, nameplate, attempts, window = ARGV[10], ARGV[11], tonumber(ARGV[12]), tonumber(ARGV[13])
if exists() then settle() end
if not exists() then
  if way == 'claim' then return { 'gone' } end
  set('e', newEpoch)
  if nameplate ~= '' then set('n', nameplate) end
end
local slot = (get('s0') == side and 0) or (get('s1') == side and 1)
if slot then
  if get('e') == resumeEpoch and received >= num('k' .. slot) and received <= num('a' .. (1 - slot)) then
    if received > num('k' .. slot) then acknowledge(slot, received) end
  else
    reset()
  end
  tell(slot, END, 'replaced')
else
  if get('u0') or get('u1') then
    if now - num('ts') >= window then set('ts', now, 't', 0) end
    if redis.call('HINCRBY', M, 't', 1) > attempts then return { 'too-many-attempts' } end
  end
  slot = (not get('s0') and 0) or (not get('s1') and 1)
  if not slot then return { 'crowded' } end
  if get('u' .. slot) then reset() end
end
set('s' .. slot, side, 'u' .. slot, 1, 'p' .. slot, presence)
del('w' .. slot)
if get('u' .. (1 - slot)) then freeNameplate() end
local hasPeer = tellPeer(1 - slot, true)
keep()
return { 'ok', slot, get('e'), num('a' .. slot), hasPeer and 1 or 0, num('k' .. (1 - slot)), get('n') or '' }
`;

/** More arguments: place, presence, epoch, number, most frames, most bytes, frame. */
const APPEND = `
local i, number = tonumber(ARGV[6]), tonumber(ARGV[9])
local had = redis.call('HMGET', M, 'p' .. i, 'e', 'a' .. i, 'b' .. (1 - i))
if had[1] ~= ARGV[7] then return { 'lost' } end
if had[2] ~= ARGV[8] then return { 'late' } end
local accepted, frame = tonumber(had[3] or '0'), ARGV[12]
if number <= accepted then return { 'ok' } end
if number > accepted + 1 then return { 'gap', accepted } end
local list = Q .. (1 - i)
if redis.call('LLEN', list) >= tonumber(ARGV[10]) or tonumber(had[4] or '0') + #frame > tonumber(ARGV[11]) then
  return { 'full' }
end
if redis.call('RPUSH', list, frame) == 1 then redis.call('PEXPIRE', list, lease) end
set('a' .. i, number)
redis.call('HINCRBY', M, 'b' .. (1 - i), #frame)
tell(1 - i, FRAME, frame)
return { 'ok' }
`;

/** More arguments: place, presence, epoch, number. */
const ACKNOWLEDGE = `
local i, number = tonumber(ARGV[6]), tonumber(ARGV[9])
if get('p' .. i) ~= ARGV[7] then return { 'lost' } end
if get('e') ~= ARGV[8] then return { 'late' } end
if number > num('a' .. (1 - i)) then return { 'protocol-violation' } end
if number > num('k' .. i) then acknowledge(i, number) end
return { 'ok' }
`;

/** More arguments: place, presence, epoch, last number that the member was given. At most 64 frames at a time. */
const READ = `
local i = tonumber(ARGV[6])
if get('p' .. i) ~= ARGV[7] then return { 'lost' } end
if get('e') ~= ARGV[8] then return { 'late' } end
local from = tonumber(ARGV[9]) - num('k' .. i)
if from < 0 then return { 'ok' } end
return { 'ok', unpack(redis.call('LRANGE', Q .. i, from, from + 63)) }
`;

/** More arguments: place, presence, `away` or `leave`. */
const GO = `
local i = tonumber(ARGV[6])
if get('p' .. i) ~= ARGV[7] then return { 'ok' } end
if ARGV[8] == 'leave' then
  vacate(i)
else
  del('p' .. i)
  set('w' .. i, now)
end
if exists() then
  keep()
  tellPeer(1 - i, false)
end
return { 'ok' }
`;

/** More arguments: place, presence. Says how things stand, in case the member was not told. */
const RENEW = `
local i = tonumber(ARGV[6])
if get('p' .. i) ~= ARGV[7] then return { 'lost' } end
settle()
local n = get('n')
if n and redis.call('EXISTS', P .. 'n:' .. n) == 0 then
  tell(1 - i, END, 'expired')
  remove()
  return { 'expired' }
end
keep()
return { 'ok', get('e'), get('p' .. (1 - i)) and 1 or 0, num('k' .. (1 - i)), num('a' .. (1 - i)) }
`;

/**
 * More arguments: place, presence, side, epoch, what the peer has acknowledged, what the member has, nameplate, its time in
 * ms. Puts a member back that Redis has forgotten: from what its process knows, and what the peer's process may have put back already.
 */
const RESTORE = `
local i, presence, side, epoch = tonumber(ARGV[6]), ARGV[7], ARGV[8], ARGV[9]
local other, theirs, own = 1 - i, tonumber(ARGV[10]), tonumber(ARGV[11])
if exists() then settle() end
if not exists() then
  set('e', epoch, 'u' .. other, 1)
  if ARGV[12] ~= '' then
    if not redis.call('SET', P .. 'n:' .. ARGV[12], id, 'NX', 'PX', ARGV[13]) then return { 'expired' } end
    set('n', ARGV[12])
  end
elseif get('e') ~= epoch then
  return { 'gone' }
end
local p, s = get('p' .. i), get('s' .. i)
if p and p ~= presence then return { 'replaced' } end
if s and s ~= side then return { 'gone' } end
local function atLeast(place, number)
  local from = 1 - place
  if number <= num('k' .. place) then return end
  if number <= num('a' .. from) then return acknowledge(place, number) end
  drop(place)
  set('k' .. place, number, 'a' .. from, number)
end
atLeast(i, own)
atLeast(other, theirs)
set('s' .. i, side, 'u' .. i, 1, 'p' .. i, presence)
del('w' .. i)
tell(other, ACK, struct.pack('>I4', num('k' .. i)))
local hasPeer = tellPeer(other, true)
keep()
return { 'ok', num('a' .. i), hasPeer and 1 or 0, num('k' .. other) }
`;

export const SCRIPTS = {
  join: PRELUDE + JOIN,
  append: PRELUDE + APPEND,
  acknowledge: PRELUDE + ACKNOWLEDGE,
  read: PRELUDE + READ,
  go: PRELUDE + GO,
  renew: PRELUDE + RENEW,
  restore: PRELUDE + RESTORE,
} as const;
export type ScriptName = keyof typeof SCRIPTS;
