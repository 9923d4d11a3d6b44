(() => {
  const form = document.getElementById("filter"), status = form.elements.status;
  filtering(form, [...document.querySelectorAll("tbody tr")],
    row => !status.value || row.dataset.status === status.value);
})();
