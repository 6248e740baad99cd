// A part of a form with a heading that opens and closes it. Knows nothing of what stands in it.

import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import './form-part.css';

interface PartProps {
  readonly title: string;
  /** What is set in it, in a word or two. */
  readonly note?: string;
  /** Open from the beginning, until somebody closes it. */
  readonly startsOpen: boolean;
  /** Something in it is wrong: it can't be closed. */
  readonly isWrong: boolean;
  readonly children: ReactNode;
}

/** The part. */
export function FormPart({ title, note, startsOpen, isWrong, children }: PartProps): ReactNode {
  const [wasOpened, setWasOpened] = useState(startsOpen);
  const isOpen = wasOpened || isWrong;
  const partId = useId();
  return (
    <section className="form-part" aria-label={title}>
      <h3>
        <button
          type="button"
          className="form-part-head"
          aria-expanded={isOpen}
          aria-controls={partId}
          onClick={() => setWasOpened(!isOpen)}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={12} />
          {title}
          {note !== undefined && <span className="faint">{note}</span>}
        </button>
      </h3>
      <div id={partId} className="stack" hidden={!isOpen}>
        {children}
      </div>
    </section>
  );
}
