import { Badge, Button, Group, Text } from '@mantine/core';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactor as NewFactor } from '../../../../schemas/types.d.ts';
import { notify } from '../../ui/notify.ts';
import { AccountPart } from './account-part.tsx';
import { useConfirmFactor, useMakeFactor, useRemoveFactor } from './api.ts';
import { FactorCode } from './factor-code.tsx';
import { PasswordProof } from './password-proof.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** The second factor: set by password, code and recovery codes, one after the other; switched off by the password. */
export function SecondFactor({ isSet }: { isSet: boolean }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<NewFactor>();
  // Who has just set it is still shown the recovery codes: they are not shown again.
  const [isConfirmed, setConfirmed] = useState(false);
  const finish = () => {
    setMade(undefined);
    setConfirmed(false);
  };
  return (
    <AccountPart title={t('secondFactor.title')} state={<State isSet={isSet} />}>
      {made === undefined ? (
        <Standing isSet={isSet} onMade={setMade} />
      ) : isConfirmed ? (
        <RecoveryCodes codes={made.recoveryCodes} onKept={finish} />
      ) : (
        <Confirmation made={made} onConfirmed={() => setConfirmed(true)} onGivenUp={finish} />
      )}
    </AccountPart>
  );
}

function State({ isSet }: { isSet: boolean }) {
  const { t } = useTranslation();
  return isSet ? (
    <Badge variant="light" className="xanh-badge" leftSection={<IconShieldCheck size={14} aria-hidden />}>
      {t('secondFactor.on')}
    </Badge>
  ) : (
    <Badge variant="light" color="gray" className="xanh-badge">
      {t('secondFactor.off')}
    </Badge>
  );
}

function Standing({ isSet, onMade }: { isSet: boolean; onMade: (made: NewFactor) => void }) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const make = useMakeFactor();
  const remove = useRemoveFactor();
  const close = () => setAsked(false);
  const removed = () => {
    notify(t('secondFactor.removed'));
    close();
  };
  return (
    <>
      <Text c="dimmed" size="sm">
        {t(isSet ? 'secondFactor.onWhat' : 'secondFactor.offWhat')}
      </Text>
      {isAsked ? (
        <PasswordProof
          label={t(isSet ? 'secondFactor.remove' : 'secondFactor.next')}
          isDangerous={isSet}
          pending={make.isPending || remove.isPending}
          error={make.error ?? remove.error}
          onSend={(password) =>
            isSet ? remove.mutate(password, { onSuccess: removed }) : make.mutate(password, { onSuccess: onMade })
          }
          onGivenUp={close}
        />
      ) : (
        <Group>
          <Button {...(isSet && { variant: 'default' })} onClick={() => setAsked(true)}>
            {t(isSet ? 'secondFactor.remove' : 'secondFactor.set')}
          </Button>
        </Group>
      )}
    </>
  );
}

interface ConfirmationProps {
  made: NewFactor;
  onConfirmed: () => void;
  onGivenUp: () => void;
}

function Confirmation({ made, onConfirmed, onGivenUp }: ConfirmationProps) {
  const confirm = useConfirmFactor(onConfirmed);
  return (
    <FactorCode
      uri={made.uri}
      pending={confirm.isPending}
      error={confirm.error}
      onSend={(code) => confirm.mutate(code)}
      onGivenUp={onGivenUp}
    />
  );
}
