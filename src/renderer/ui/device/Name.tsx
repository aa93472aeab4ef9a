import { Text, type TextProps } from '@mantine/core';

interface NameProps extends TextProps {
  component?: 'span' | 'h1';
  /** Text from somewhere else, such as a device's name. */
  children: string;
}

/** Somebody else's text on one line, cut with an ellipsis; the whole of it shows on hover. */
export function Name({ children, component = 'span', ...others }: NameProps) {
  return (
    <Text component={component} display="block" truncate title={children} {...others}>
      <bdi>{children}</bdi>
    </Text>
  );
}
