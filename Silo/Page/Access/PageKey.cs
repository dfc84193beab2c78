using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Silo.Page.Access;

/// <summary>
/// The secret of a data folder that lets people in: a file that only its owner may read. Whoever can read it has the store,
/// too. What is handed out is signed with a key made of it, so that sessions outlive the silo and end with the file.
/// </summary>
internal sealed class PageKey
{
    private const string FileName = "page.key";
    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _text;

    private PageKey(string text) => _text = Encoding.UTF8.GetBytes(text);

    /// <summary>Reads the folder's key, making one where there is none.</summary>
    /// <param name="folder">Data folder; locked by this silo.</param>
    /// <exception cref="SiloStartException">The file cannot be read or holds no key.</exception>
    public static PageKey Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }
            else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }

            string text = File.ReadAllText(path).Trim();
            return text.Length >= Bytes
                ? new PageKey(text)
                : throw new SiloStartException(SiloExit.BadOptions, $"{path} holds no key of at least {Bytes} letters; delete it, and the silo makes a new one.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiloStartException(SiloExit.BadOptions, $"the page's key {path} cannot be read or made ({error.Message}); --page false serves no page.");
        }
    }

    /// <summary>Whether a text is the key; takes the same time for every wrong one of a length.</summary>
    public bool Is(string text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _text);

    /// <summary>A key made of this one for a purpose of its own.</summary>
    public byte[] For(string purpose) => HMACSHA256.HashData(_text, Encoding.UTF8.GetBytes(purpose));

    private static void Create(string path)
    {
        string draft = $"{path}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new StreamWriter(draft, options))
        {
            file.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));
        }

        File.Move(draft, path, overwrite: true);
    }
}
