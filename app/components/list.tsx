/** What happens, point by point; `steps` where one comes after the other. */
export function List({ items, steps = false }: { items: string[]; steps?: boolean }) {
  const Points = steps ? 'ol' : 'ul'
  return (
    <Points className={`flex flex-col gap-2 ps-6 ${steps ? 'list-decimal' : 'list-disc'}`}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </Points>
  )
}
