// The service's way of saying that it could not read a request at all: a SOAP fault, not a result code.

/** Carried out of the reading of a request. `client`: the request is to blame. */
export class SoapFault extends Error {
  readonly blame: 'client' | 'server';

  constructor(blame: 'client' | 'server', message: string) {
    super(message);
    this.blame = blame;
  }
}

/** The words of the service's serializer, with the place in the document. */
export function unreadable(place: { readonly line: number; readonly column: number }, why: string): SoapFault {
  return new SoapFault(
    'client',
    `Server was unable to read request. ---> There is an error in XML document (${place.line}, ${place.column}). ---> ${why}`,
  );
}
