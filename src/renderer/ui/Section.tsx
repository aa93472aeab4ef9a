import { Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  /** What stands at the other end of the title's line. */
  aside?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** A named part of a view. */
export function Section({ title, aside, className, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <Group justify="space-between" wrap="nowrap" mih={34} mb={8}>
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </section>
  );
}
