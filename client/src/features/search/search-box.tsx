import { CloseButton, Loader, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchBoxProps {
  value: string;
  onSearch: (words: string) => void;
  isBusy: boolean;
}

const pauseMs = 250;

/** The words to look for; it searches when the typing pauses, at once on Enter. */
export function SearchBox({ value, onSearch, isBusy }: SearchBoxProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  useEffect(() => {
    // The words come back through the URL while the next ones are typed; only foreign ones replace what stands here.
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (words: string, pause: number) => {
    setTyped(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = words.trim();
      onSearch(sent.current);
    }, pause);
  };
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search(typed, 0);
        }}
      >
        <TextInput
          type="text"
          inputMode="search"
          enterKeyHint="search"
          size="lg"
          maxLength={200}
          aria-label={t('search.box')}
          placeholder={t('search.placeholder')}
          value={typed}
          onChange={({ currentTarget }) => search(currentTarget.value, pauseMs)}
          leftSection={isBusy ? <Loader size="xs" /> : <IconSearch size={22} aria-hidden />}
          rightSection={typed !== '' && <CloseButton aria-label={t('search.clear')} onClick={() => search('', 0)} />}
        />
      </form>
    </search>
  );
}
