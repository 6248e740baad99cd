// Which channel an invoice goes by when nobody has chosen otherwise. The routing rules an operator can set come later, beside this.

/** `email` when an address is there and the customer did not choose post, else `sftp` (the print vendor). The address is not judged here. */
export function routeChannel(preferredChannel: string | null, email: string | null): 'email' | 'sftp' {
  return email !== null && email !== '' && !isPostalChoice(preferredChannel) ? 'email' : 'sftp';
}

/** Whether the customer chose paper: what the source may say for "by post", lower case. */
export function isPostalChoice(preferredChannel: string | null): boolean {
  switch (preferredChannel) {
    case 'postal':
    case 'post':
    case 'letter':
    case 'paper':
    case 'print':
      return true;
    default:
      return false;
  }
}
