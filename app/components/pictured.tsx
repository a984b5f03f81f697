import type { ReactNode } from 'react'

type Props = { picture: ReactNode; title: string; legend: string[] }

/** A picture, and beside it what its letters stand for. */
export function Pictured({ picture, title, legend }: Props) {
  return (
    <div className="flex flex-col gap-4 sm:flex-row [&_img]:rounded-lg [&_img]:border [&_img]:border-line sm:[&_picture]:w-3/5 print:[&_img]:w-auto print:[&_img]:max-h-[6cm]">
      {picture}
      <div className="flex flex-col gap-2 text-sm print:text-[10pt]">
        <p className="font-semibold">{title}</p>
        <ol className="flex list-[upper-alpha] flex-col gap-1 ps-6 marker:font-bold">
          {legend.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      </div>
    </div>
  )
}
