using System.Globalization;
using System.Text;
using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Tables;

/// <summary>Files that are no table to learn from: one message each, of what, where, and what would be right.</summary>
public sealed class BadTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Text of the file, and what the message must say.</summary>
    public static TheoryData<string, string> BadTexts => new()
    {
        { "", "the file is empty; the first line names the columns" },
        { "x,species\n", "it names its columns but has no rows" },
        { "species\na\nb\n", "the first line names one column, 2 are needed" },
        { "x,x,species\n1,2,a\n", "column 'x' is there more than once" },
        { "x,,species\n1,2,a\n", "column 2 of 3 has no name" },
        { "x,Species\n1,a\n2,b\n", "there is no column 'species'; did you mean 'Species'? There are x, Species" },
        { "x,species\n1,a\n2,b,c\n", "line 3: it has 3 cells, the first line names 2 columns" },
        { "x,species\n1,a\n2\n", "line 3: it has 1 cells" },
        { "x,species\n1,a\n\"2,b\n3,a\n", "after line 2: a quote stands where none may, or is left open: \"2,b" },
        { " \"x\" , species\n1,a\n2,b\n", "after line 1: a quote stands where none may" },
        { "x,species\n1,a\n2,b\"c\n", "after line 2: a quote stands where none may, or is left open: b\"c" },
        { "x,species\n1,a\n\n2,\n3,NA\n", "the target 'species' is missing in line 4 and 1 more" },
        { "x,species\n1,1\n2,NaN\n", "the target 'species' is missing in line 3;" },
        { "x,species\n1,1\n2,2.5\n", "holds numbers with fractions, 2.5 in line 3; classes are whole numbers or words" },
        { "x,species\n1,a\n2,a\n", "the target 'species' is 'a' in every row; a classifier needs at least 2 classes" },
        { "x,species\n1,a\n2,b\n3,c\n", "the target 'species' is different in every row" },
        { "x,species\n1,a\n2,b\n1,a\n", "3 rows are too few to set a fifth of them aside" },
        { "x,species\n1,a\n2,b\n3,a\nfour,b\n" + Ten, "line 5: column 'x' holds 'four', but numbers in 13 of 14 rows; write a number (1.5, not 1,5" },
        { "x;species\n\"1,5\";a\n-2,25;b\n;a\n7,0;b\n3,1;a\n7,0;b\n3,1;a\n7,0;b\n3,1;a\n7,0;b\n", "line 2: column 'x' holds '1,5', as every row of it a number with a comma; write 1.5, not 1,5" },
        { "x,species\n1,1.5\n2,2\n3,3\n", "holds numbers with fractions" },
        { "x,species\n1,10\n2,20\n3,30\n", "Name the column that holds the classes, or set data.task: regression to predict the number" },
        { "x,species\n1,a\n2,b\n1e39,b\n" + Ten, "line 4: column 'x' holds '1e39'" },
        { "x,z,species\n" + With("1,,"), "column 'z' is empty in every training row; leave it out" },
        { "name,species\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"n{i},{"ab"[i % 2]}\n")), "column 'name' holds in every row another, together 16 different texts, such as 'n0' in line 2" },
        { "name,species\n" + string.Concat(Enumerable.Range(0, 800).Select(i => $"n{i % 400},{"ab"[i % 2]}\n")), "different texts, such as 'n0' in line 2; at most 256 are categories" },
        { "name,species\n" + string.Concat(Enumerable.Range(0, 4000).Select(i => $"n{i / 2},{"ab"[i % 2]}\n")), "column 'name' holds more than 1024 different texts" },
        { "x,species\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"1,{i}\n")), "the target 'species' holds more than 1024 different values" },
        { "x,species\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"1,s{i}\n")), "the target 'species' holds more than 1024 different values" },
        { "x,species\n1,a\n" + new string('x', 70_000) + ",b\n", "after line 2: a cell has more than 65536 characters" },
        { "PK\u0003\u0004 and so on", "this is a zip archive or an Excel workbook; save the sheet as CSV" },
    };

    private static string Ten => string.Concat(Enumerable.Range(0, 10).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{"ab"[i % 2]}\n")));

    [Theory]
    [MemberData(nameof(BadTexts))]
    public void Load_BadTable_SaysWhatWouldBeRight(string text, string message) =>
        Assert.Contains(message, Complaint(_folder.Write("own.csv", Encoding.UTF8.GetBytes(text))), StringComparison.Ordinal);

    [Theory]
    [InlineData("x,species\n1,a\n", "the test file lacks column 'z'")]
    [InlineData("x,z,w,species\n1,2,3,a\n", "the test file has a column 'w' that the training file lacks")]
    [InlineData("x,z,species\n1,2,c\n", "line 2: class 'c' is not among the training rows' (a, b)")]
    [InlineData("x,z,species\n1,2,a\nfoo,2,a\n", "line 3: column 'x' holds 'foo', but numbers in the training rows")]
    [InlineData("x,z,species\n1,2,\n", "the target 'species' is missing in line 2")]
    public void Load_TestFileThatDoesNotFit_IsRefusedByName(string text, string message)
    {
        string train = _folder.Write("train.csv", "x,z,species\n1,2,a\n2,3,b\n"u8.ToArray());
        string test = _folder.Write("test.csv", Encoding.UTF8.GetBytes(text));

        string complaint = Complaint(train, test);

        Assert.StartsWith(test, complaint, StringComparison.Ordinal);
        Assert.Contains(message, complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BytesThatAreNoText_AreRefused()
    {
        Assert.Contains("this is no text in UTF-8", Complaint(_folder.Write("a.csv", [.. "x,species\n1,"u8, 0xE4, .. "\n"u8])), StringComparison.Ordinal);
        Assert.Contains("this is a gzip file", Complaint(_folder.Write("b.csv.gz", TempFolder.Gzip("x,species\n1,a\n"u8.ToArray()))), StringComparison.Ordinal);
        Assert.Contains("there is no such file", Complaint(Path.Combine(_folder.Path, "none.csv")), StringComparison.Ordinal);
        Assert.Contains("does not hold table", Complaint(_folder.Path), StringComparison.Ordinal);
        string good = _folder.Write("c.csv", Encoding.UTF8.GetBytes("x,species\n" + Ten));
        Assert.Contains("none.csv: there is no such file", Complaint(good, Path.Combine(_folder.Path, "none.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TestFileOutsideThePermittedFolders_IsNotRead()
    {
        using TempFolder outside = new();
        string good = _folder.Write("c.csv", Encoding.UTF8.GetBytes("x,species\n" + Ten));
        string secret = outside.Write("secret.csv", Encoding.UTF8.GetBytes("x,species\n" + Ten));
        string link = Path.Combine(_folder.Path, "link.csv");
        File.CreateSymbolicLink(link, secret);
        DataLocations locations = SharedData.Nowhere with { Permitted = new PermittedFolders([_folder.Path]) };

        foreach (string test in (string[])[secret, link, Path.Combine(outside.Path, "none.csv")])
        {
            DataSetException refused = Assert.Throws<DataSetException>(() => DataCatalog.Load(
                Options(good, test), locations, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("data are read below", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_OptionsOfATable_AreNeededThereAndRefusedElsewhere()
    {
        Assert.Contains("table needs a target", Assert.Single(DataCatalog.Check(new DataOptions { Set = "table", Path = "x.csv" })), StringComparison.Ordinal);
        Assert.Contains("table needs a path: the .csv or .parquet file", Assert.Single(DataCatalog.Check(new DataOptions { Set = "table", Target = "y" })), StringComparison.Ordinal);
        Assert.Equal(2, DataCatalog.Check(new DataOptions { Set = "mnist", Target = "y", TestPath = "x.csv" }).Count);
    }

    public void Dispose() => _folder.Dispose();

    private static string With(string cells) => string.Concat(Enumerable.Range(0, 20).Select(i => $"{cells}{"ab"[i % 2]}\n"));

    private static DataOptions Options(string path, string? testPath) => new() { Set = "table", Path = path, Target = "species", TestPath = testPath };

    private static string Complaint(string path, string? testPath = null) => Assert.Throws<DataSetException>(() => DataCatalog.Load(
        Options(path, testPath), SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken)).Message;
}
