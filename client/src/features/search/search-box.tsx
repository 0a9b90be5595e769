import { CloseButton, Combobox, Loader, TextInput, useCombobox, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useDidUpdate } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { suggestQuery } from './api.ts';
import { pathOf, Suggestions } from './suggestions.tsx';

interface SearchBoxProps {
  value: string;
  onSearch: (words: string) => void;
  isBusy: boolean;
}

const pauseMs = 120;

/**
 * The words to look for, with what may be meant offered as one types: Enter searches for the words, or goes to what the arrow
 * keys chose.
 */
export function SearchBox({ value, onSearch, isBusy }: SearchBoxProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  // Words that came by another way, such as a link, replace what stands here.
  if (value !== shown) {
    setShown(value);
    setTyped(value);
  }
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const { dropdownOpened: isOpen } = list;
  const [asked] = useDebouncedValue(typed.trim(), pauseMs);
  const { data: found } = useQuery({ ...suggestQuery(asked), enabled: isOpen && asked.length > 1 });
  const suggestions = asked.length > 1 ? (found?.suggestions ?? []) : [];
  // In another list, what the keys chose before is not what stands in its place now.
  useDidUpdate(() => list.resetSelectedOption(), [suggestions.map(pathOf).join(' ')]);
  const search = (words: string) => {
    setTyped(words);
    list.closeDropdown();
    onSearch(words.trim());
  };
  const choose = (option: string) => {
    const chosen = suggestions.find((suggestion) => pathOf(suggestion) === option);
    if (!chosen) {
      search(typed);
      return;
    }
    list.closeDropdown();
    // A group, a label or a supplier stands in the address in place of the words.
    setTyped('');
    void navigate(option);
  };
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search(typed);
        }}
      >
        <Combobox
          store={list}
          onOptionSubmit={choose}
          // Inside the search, so that it belongs to a landmark of the page.
          withinPortal={false}
          keepMounted={false}
          transitionProps={{ duration: 0 }}
        >
          <Combobox.Target withExpandedAttribute>
            <TextInput
              type="text"
              inputMode="search"
              enterKeyHint="search"
              autoComplete="off"
              size="lg"
              maxLength={200}
              aria-label={t('search.box')}
              aria-autocomplete="list"
              placeholder={t('search.placeholder')}
              value={typed}
              onChange={({ currentTarget }) => {
                setTyped(currentTarget.value);
                if (currentTarget.value.trim() === '') list.closeDropdown();
                else list.openDropdown();
              }}
              onBlur={() => list.closeDropdown()}
              leftSection={isBusy ? <Loader size="xs" /> : <IconSearch size={22} aria-hidden />}
              rightSection={typed !== '' && <CloseButton aria-label={t('search.clear')} onClick={() => search('')} />}
            />
          </Combobox.Target>
          <Combobox.Dropdown hidden={typed.trim() === ''}>
            <Suggestions typed={typed.trim()} suggestions={suggestions} />
          </Combobox.Dropdown>
        </Combobox>
        <VisuallyHidden component="output">
          {isOpen && suggestions.length > 0 ? t('suggest.count', { count: suggestions.length }) : ''}
        </VisuallyHidden>
      </form>
    </search>
  );
}
