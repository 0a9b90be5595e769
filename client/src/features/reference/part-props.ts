/** What every part of the page is given. */
export interface PartProps {
  isOperator: boolean;
  today: string;
}
