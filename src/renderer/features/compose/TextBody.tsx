import { Text, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visiblePieces } from '../../../shared/visibleText';
import { LinkPiece } from './LinkPiece';

/** Characters drawn before a person asks for the rest: about a screen full. */
const FIRST_LENGTH = 2000;

/**
 * Somebody else's text as text: no markup, web addresses that take a click and a yes, and codes in place of characters
 * that would not show. `peerName` is `null` for this person's own.
 */
export function TextBody({ text, peerName }: { text: string; peerName: string | null }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const isCut = !isWhole && text.length > FIRST_LENGTH;
  const pieces = useMemo(() => visiblePieces(isCut ? text.slice(0, FIRST_LENGTH) : text), [text, isCut]);
  const hasHidden = pieces.some(({ kind }) => kind === 'hidden');
  return (
    <>
      <pre className="text-body">
        <bdi>
          {pieces.map((piece, index) => {
            if (piece.kind === 'text') return piece.text;
            if (piece.kind === 'link') return <LinkPiece key={index} url={piece.text} peerName={peerName} />;
            return (
              <code key={index} className="text-body-hidden">
                {piece.code}
              </code>
            );
          })}
          {isCut ? '…' : null}
        </bdi>
      </pre>
      {isCut ? (
        <UnstyledButton className="text-button" onClick={() => setIsWhole(true)}>
          {t('texts.showAll')}
        </UnstyledButton>
      ) : null}
      {hasHidden ? (
        <Text size="xs" c="dimmed">
          {t('texts.hidden')}
        </Text>
      ) : null}
    </>
  );
}
