import type { Notice } from '../../shared/contract/app';

/** What the person should know, until they have said that they do. */
export class NoticeBoard {
  #notices: Notice[] = [];
  #count = 0;
  readonly #onChange: (notices: Notice[]) => void;

  constructor(onChange: (notices: Notice[]) => void) {
    this.#onChange = onChange;
  }

  get notices(): Notice[] {
    return [...this.#notices];
  }

  add(code: Notice['code'], facts: Notice['facts']): void {
    this.#notices = [...this.#notices, { noticeId: `notice-${++this.#count}`, code, facts }];
    this.#onChange(this.notices);
  }

  /** Removes a notice; unknown ids are fine, it was dismissed before. */
  dismiss(noticeId: string): void {
    this.#notices = this.#notices.filter((notice) => notice.noticeId !== noticeId);
    this.#onChange(this.notices);
  }
}
