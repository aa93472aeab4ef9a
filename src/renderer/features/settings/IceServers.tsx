import { ActionIcon, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { iceServerProblem, MAX_ICE_SERVERS, type OwnIceServer } from '../../../shared/settings/iceServers';

const EMPTY: OwnIceServer = { url: '', username: '', credential: '' };

interface IceServersProps {
  servers: readonly OwnIceServer[];
  onChange: (servers: OwnIceServer[]) => void;
}

/** The person's own STUN and TURN servers: a list, and a form for one more. What is wrong with one is said when it is added. */
export function IceServers({ servers, onChange }: IceServersProps) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600} component="h3" m={0}>
        {t('settings.servers.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('settings.servers.hint')}
      </Text>
      <Stack gap={4} component="ul" p={0} m={0} mb="xs" aria-label={t('settings.servers.title')}>
        {servers.map(({ url, username }) => (
          <Group key={url} component="li" wrap="nowrap" justify="space-between">
            <Text size="sm" className="wrap-anywhere">
              {url}
              {username === '' ? null : (
                <Text span c="dimmed">
                  {` · ${username}`}
                </Text>
              )}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('settings.servers.remove', { url })}
              onClick={() => onChange(servers.filter((each) => each.url !== url))}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <AddServer servers={servers} onAdd={(server) => onChange([...servers, server])} />
    </div>
  );
}

function AddServer({
  servers,
  onAdd,
}: Pick<IceServersProps, 'servers'> & { onAdd: (server: OwnIceServer) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(EMPTY);
  const [problem, setProblem] = useState<'url' | 'credentials' | 'known' | 'many' | null>(null);
  const change = (part: Partial<OwnIceServer>) => {
    setDraft({ ...draft, ...part });
    setProblem(null);
  };
  const add = () => {
    const server = { ...draft, url: draft.url.trim() };
    const isKnown = servers.some(({ url }) => url === server.url);
    const isFull = servers.length >= MAX_ICE_SERVERS;
    const found = isFull ? 'many' : isKnown ? 'known' : iceServerProblem(server);
    setProblem(found);
    if (found !== null) return;
    onAdd(server);
    setDraft(EMPTY);
  };
  const error = problem && t(`settings.servers.bad.${problem}`, { count: MAX_ICE_SERVERS });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Stack gap="xs">
        <TextInput
          label={t('settings.servers.url')}
          description={t('settings.servers.urlHint')}
          value={draft.url}
          maxLength={255}
          error={problem === 'credentials' ? null : error}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <Group grow align="start">
          <TextInput
            label={t('settings.servers.username')}
            value={draft.username}
            maxLength={512}
            autoComplete="off"
            error={problem === 'credentials' ? error : null}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('settings.servers.credential')}
            value={draft.credential}
            maxLength={512}
            autoComplete="off"
            onChange={(event) => change({ credential: event.currentTarget.value })}
          />
        </Group>
        <Button type="submit" variant="default" disabled={draft.url.trim() === ''}>
          {t('settings.servers.add')}
        </Button>
      </Stack>
    </form>
  );
}
