namespace Packit.Service.Commands;

/// <summary>A file named on the command line.</summary>
internal static class InputFile
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    // No file that these commands read is larger; a device or a pipe without end must not fill the memory.
    private const int MaximumBytes = 32 * 1024 * 1024;

    /// <summary>Reads the whole file.</summary>
    /// <returns>The content, or why there is none.</returns>
    public static async Task<(byte[]? Bytes, string Problem)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
            using var content = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (content.Length + read > MaximumBytes)
                {
                    return (null, $"The file is larger than {MaximumBytes / 1024 / 1024} MiB.");
                }

                await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return (content.ToArray(), "");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"The file cannot be read: {unreadable.Message}");
        }
    }
}
