/** Opens a database, with these object stores in it; keys are given with each value. */
export function openDatabase(name: string, stores: readonly string[]): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const store of stores) opening.result.createObjectStore(store);
  };
  return resultOf(opening);
}

/** What a request brings. @throws DOMException of the database */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(errorOf(request.error));
  });
}

/**
 * Changes something in one transaction; resolves when that survives the end of whoever wrote it.
 * @param durability `strict` waits for the disk as well
 * @throws DOMException of the database, with nothing changed
 */
export function change(
  database: IDBDatabase,
  storeNames: string | string[],
  work: (transaction: IDBTransaction) => void,
  durability: IDBTransactionDurability = 'relaxed',
): Promise<void> {
  const transaction = database.transaction(storeNames, 'readwrite', { durability });
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(errorOf(transaction.error));
    work(transaction);
    transaction.commit();
  });
}

/** The object store of that name, to read from. */
export function reading(database: IDBDatabase, storeName: string): IDBObjectStore {
  return database.transaction(storeName, 'readonly').objectStore(storeName);
}

/** Keys that are a folder's name, `/` and more. */
export function below(folder: string): IDBKeyRange {
  // `0` comes right after `/`.
  return IDBKeyRange.bound(`${folder}/`, `${folder}0`, false, true);
}

/** Keys of the form `[first, …]`, with first itself a text. */
export function allOf(first: string): IDBKeyRange {
  return IDBKeyRange.bound([first], [first, []]);
}

function errorOf(error: DOMException | null): Error {
  return error ?? new Error('the database gave up');
}
