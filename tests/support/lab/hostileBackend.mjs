/*
 * What a hostile peer's backend says. Loaded before the backend itself (`--import`): it changes frames on their way into JSON,
 * before they are sealed. Only frames with the marks below are touched, so one module serves every test.
 */
const stringify = JSON.stringify;

JSON.stringify = (value, ...rest) => {
  const text = stringify(value, ...rest);
  if (value?.type !== 'message') return text;
  if (value.feature === 'transfers') return text.replace('innocent.txt', '../evil.txt');
  return value.feature === 'tracks' ? text.replace('"type":"track-published"', '"type":"garbage"') : text;
};
