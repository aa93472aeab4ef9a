import { type CodeIcon } from '../../../shared/identity/codeIcons';
import { codePictures } from './codePictures';
import './ShortCodeView.css';

interface ShortCodeViewProps {
  icons: readonly CodeIcon[];
  digits: string;
  words: { label: string; pictures: string; digits: string; icon: (icon: CodeIcon) => string };
}

/** A code that two people compare: pictures with their names, and the digits that say the same in groups of three. */
export function ShortCodeView({ icons, digits, words }: ShortCodeViewProps) {
  const groups = digits.match(/.{1,3}/g) ?? [];
  return (
    <div role="group" aria-label={words.label} className="short-code">
      <ol aria-label={words.pictures} className="short-code-pictures">
        {icons.map((icon, place) => {
          const { Icon, tone } = codePictures[icon];
          return (
            // One picture may come twice; its place tells them apart.
            <li key={place} className="short-code-picture">
              <span className="short-code-tile" data-tone={tone}>
                <Icon size={44} stroke={1.6} aria-hidden />
              </span>
              {words.icon(icon)}
            </li>
          );
        })}
      </ol>
      <p className="short-code-digits" data-testid="code-digits">
        {/* A reader says "nine hundred" for a group unless the digits stand apart. */}
        <span className="short-code-spoken">{`${words.digits}: ${digits.replaceAll(/\d(?=\d)/g, '$& ')}`}</span>
        {groups.map((group, place) => (
          <span key={place} aria-hidden>
            {group}
            {place < groups.length - 1 ? ' ' : ''}
          </span>
        ))}
      </p>
    </div>
  );
}
