import { useSearchParams } from 'react-router';

/** Values of the address by name; what is empty or undefined leaves it. */
type Values = Record<string, string | undefined>;

/** The query of the address, which keeps what a page is asked, and how to change it: no step back, no scrolling. */
export function useAddress(): [URLSearchParams, (values: Values) => void] {
  const [params, setParams] = useSearchParams();
  const change = (values: Values) => {
    const next = new URLSearchParams(params);
    for (const [name, value = ''] of Object.entries(values)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    setParams(next, { replace: true, preventScrollReset: true });
  };
  return [params, change];
}
