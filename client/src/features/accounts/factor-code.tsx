import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../ui/copy-line.tsx';
import { More } from '../../ui/more.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QrCode } from '../../ui/qr-code.tsx';

interface FactorCodeProps {
  /** What the authenticator takes in (otpauth:). */
  uri: string;
  pending: boolean;
  error: Error | null;
  onSend: (code: string) => void;
  onGivenUp: () => void;
}

/** Shows the new factor to an authenticator, and asks for the first code that it shows. */
export function FactorCode({ uri, pending, error, onSend, onGivenUp }: FactorCodeProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSend(text.replaceAll(/\s/g, ''));
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Text>{t('secondFactor.scan')}</Text>
      <Group align="flex-start" gap="xl">
        <QrCode text={uri} label={t('secondFactor.qr')} />
        <Stack gap="xs" flex="1 1 240px" miw={0}>
          <TextInput
            label={t('secondFactor.firstCode')}
            description={t('secondFactor.firstCodeHint')}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9\s]{6,8}"
            maw={240}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <More label={t('secondFactor.noCamera')}>
            <Stack gap="xs" pt="xs">
              <Text size="sm" c="dimmed">
                {t('secondFactor.typeIt')}
              </Text>
              <CopyLine text={secretOf(uri)} label={t('secondFactor.secret')} />
              <Text size="sm">
                <Anchor href={uri}>{t('secondFactor.openHere')}</Anchor>
              </Text>
            </Stack>
          </More>
        </Stack>
      </Group>
      {error && <ProblemAlert error={error} />}
      <Group>
        <Button type="submit" loading={pending}>
          {t('secondFactor.confirm')}
        </Button>
        <Button variant="default" onClick={onGivenUp}>
          {t('state.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The secret inside the address, in the groups of four that one types. */
function secretOf(uri: string): string {
  return new URL(uri).searchParams.get('secret')?.replaceAll(/(.{4})(?=.)/g, '$1 ') ?? '';
}
