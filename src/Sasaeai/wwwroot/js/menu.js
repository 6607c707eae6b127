// A group of the menu closes as people expect: on Escape and on a press elsewhere.
const open = () => document.querySelector(".menu .group[open]");

addEventListener("keydown", event => {
  const group = event.key === "Escape" && open();
  if (group) {
    group.open = false;
    group.querySelector("summary").focus();
  }
});

addEventListener("click", event => {
  const group = open();
  if (group && !group.contains(event.target)) {
    group.open = false;
  }
});
