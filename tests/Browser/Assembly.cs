using Xunit;

// A browser, a silo that trains and the tests' own driver fill two processors: one test at a time.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
