/** `2026-11-21 14.03`: local time in a form that every file system takes and that sorts. */
export function nameTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}.${two(time.getMinutes())}`;
}
