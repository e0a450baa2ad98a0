SwaggerUIBundle({
  url: 'v3/api-docs',
  domNode: document.getElementById('docs'),
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  filter: true,
});
