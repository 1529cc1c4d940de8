/** Thrown by a command that has said all there is to say: the program ends with this code. */
export class EndWith extends Error {
  readonly exit: number;

  constructor(exit: number) {
    super(`ends with ${exit}`);
    this.name = "EndWith";
    this.exit = exit;
  }
}
