using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Sweeper.Silo.Page.Serving;

/// <summary>The page itself: a few files beside the program, read once. What is not among them is not there, whatever its path says.</summary>
internal sealed class PageFiles
{
    private const string Start = "index.html";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".txt"] = "text/plain; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, PageFile> _files;

    private PageFiles(FrozenDictionary<string, PageFile> files) => _files = files;

    /// <summary>Reads the files of a folder; none where it does not exist.</summary>
    public static PageFiles Read(string folder) => new(
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        .Where(path => Types.ContainsKey(Path.GetExtension(path)))
        .ToFrozenDictionary(
            path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
            path => new PageFile(Types[Path.GetExtension(path)], File.ReadAllBytes(path)),
            StringComparer.Ordinal));

    /// <summary>Answers a request for one.</summary>
    public Task ServeAsync(HttpContext http)
    {
        string name = http.Request.Path.Value?.TrimStart('/') ?? "";
        if (!http.Request.Path.HasValue)
        {
            // The page's addresses are relative to its folder.
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = (http.Request.PathBase.Value ?? "")[1..].Split('/')[^1] + "/";
            return Task.CompletedTask;
        }

        if (!_files.TryGetValue(name.Length == 0 ? Start : name, out PageFile? file))
        {
            return Refusals.WriteAsync(http, StatusCodes.Status404NotFound, $"There is nothing at {http.Request.PathBase}{http.Request.Path}.");
        }

        return file.WriteAsync(http);
    }

    /// <summary>A file with its compressed form and its mark.</summary>
    private sealed class PageFile(string type, byte[] content)
    {
        private readonly string _mark = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
        private readonly Lazy<byte[]> _packed = new(() => Pack(content));

        public async Task WriteAsync(HttpContext http)
        {
            IHeaderDictionary headers = http.Response.Headers;
            headers.ETag = _mark;
            headers.CacheControl = "no-cache"; // kept, but asked for each time whether it is still the same
            headers.Vary = HeaderNames.AcceptEncoding;
            if (http.Request.Headers.IfNoneMatch.SelectMany(marks => (marks ?? "").Split(',', StringSplitOptions.TrimEntries)).Any(mark => mark == _mark || mark == $"W/{_mark}"))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            headers.ContentType = type;
            byte[] body = content;
            if (http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is not 0) && _packed.Value.Length < content.Length)
            {
                headers.ContentEncoding = "gzip";
                body = _packed.Value;
            }

            headers.ContentLength = body.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(body, http.RequestAborted);
            }
        }

        private static byte[] Pack(byte[] content)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                gzip.Write(content);
            }

            return packed.ToArray();
        }
    }
}
