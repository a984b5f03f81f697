/**
 * Extensions and translators wrap, move and take away what React has drawn. React then asks a node for a child that is
 * elsewhere, and the error that the browser throws would cost the whole page: here the child is taken where it is.
 */
if (typeof window !== 'undefined') {
  const { insertBefore, removeChild } = Node.prototype

  Node.prototype.removeChild = <Child extends Node>(child: Child): Child => {
    const { parentNode } = child
    return parentNode ? (removeChild.call(parentNode, child) as Child) : child
  }

  Node.prototype.insertBefore = function <Child extends Node>(child: Child, next: Node | null): Child {
    let place = next
    while (place && place.parentNode !== this) place = place.parentNode
    return insertBefore.call(this, child, place) as Child
  }
}
