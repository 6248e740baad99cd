// The envelope that a document may come in (StandardBusinessDocument): what is around the invoice and is not read. Names only.

/** Peppol and Svefaktura use the same envelope (GS1/UN CEFACT SBDH 1.3). */
const wrapperNamespace = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

interface Name {
  readonly local: string;
  readonly uri: string;
}

/** Whether an element is an envelope around a document. */
export function isWrapper({ local, uri }: Name): boolean {
  return local === 'StandardBusinessDocument' && uri === wrapperNamespace;
}

/** Whether an element is the envelope's own header. */
export function isWrapperHeader({ uri }: Name): boolean {
  return uri === wrapperNamespace;
}
