// Dialogs: a question before something that matters, or a form. Escape and the backdrop cancel.

import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';

/** A dialog over the window. */
export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the way back last so that it is under the thumb and gets focus with `autoFocus`. */
  readonly actions?: ReactNode;
  readonly size?: 'small' | 'normal' | 'wide';
  /** `alertdialog` for what can't be undone. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** Draws a dialog while `isOpen`. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  actions,
  size = 'normal',
  role = 'dialog',
}: DialogProps): ReactNode {
  return (
    <ModalOverlay className="dialog-shade" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={`dialog dialog-${size}`}>
        <AriaDialog className="dialog-body" role={role}>
          <Heading slot="title" className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-content">{children}</div>
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
