import { ActionIcon, type ActionIconProps, Group, Kbd, Tooltip } from '@mantine/core';
import type { MouseEventHandler, ReactNode, Ref } from 'react';

interface TipButtonProps extends ActionIconProps {
  /** What the button does: its name, and its tooltip. */
  label: string;
  /** The keys that do the same, as `shortcutKeys` gives them. */
  keys?: readonly string[] | undefined;
  onClick: MouseEventHandler<HTMLButtonElement>;
  isPressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** An icon with a name, and a tooltip that tells the shortcut. */
export function TipButton({ label, keys, isPressed, children, ...others }: TipButtonProps) {
  return (
    <Tooltip label={<TipLabel label={label} keys={keys} />} openDelay={400} withArrow>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        aria-keyshortcuts={keys?.join('+')}
        {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        {...others}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** What a tooltip says: the label, and the keys where there are any. */
export function TipLabel({ label, keys }: { label: string; keys?: readonly string[] | undefined }) {
  return (
    <Group gap={6} wrap="nowrap">
      <span>{label}</span>
      {keys?.map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  );
}
