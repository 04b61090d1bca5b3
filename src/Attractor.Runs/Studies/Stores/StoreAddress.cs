using Npgsql;

namespace Attractor.Runs;

/// <summary>Where a PostgreSQL database is: <c>postgres://user:password@host:port/database</c>.</summary>
/// <remarks>Whatever is shown or written down of it has no password.</remarks>
internal sealed class StoreAddress
{
    private const int DefaultPort = 5432;

    private readonly string? _password;

    private StoreAddress(Uri uri, string address)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        _password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null;
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            ApplicationName = "attractor",
            Timeout = 10,
            CommandTimeout = 60,
            KeepAlive = 30,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            // A worker has one connection and keeps it; one of a pool may be dead after a restart of the server.
            Pooling = false,
        };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (_password is not null)
            builder.Password = _password;
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.Split('=', 2) is ["sslmode", var mode] && Enum.TryParse(mode.Replace("-", ""), ignoreCase: true, out SslMode known))
                builder.SslMode = known;
            else
                // What follows the question mark may be a password: it is not repeated.
                throw new ArgumentException(
                    $"{address.Split('?')[0]}: of what may follow a question mark only sslmode is known, as in "
                    + "postgres://host/database?sslmode=require; PGPASSWORD holds a password");
        (ConnectionString, Address) = (builder.ConnectionString, address);
    }

    /// <summary>What the library connects with; it holds the password.</summary>
    public string ConnectionString { get; }

    private string Address { get; }

    /// <summary>Whether a word is such an address rather than a file.</summary>
    public static bool IsOne(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <summary>Reads an address.</summary>
    /// <exception cref="ArgumentException">It is none; the message does not repeat it where it may hold a password.</exception>
    public static StoreAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.Host.Length == 0
            || uri.AbsolutePath.Length < 2 || uri.AbsolutePath.LastIndexOf('/') > 0)
            throw new ArgumentException("a store is a file, or an address such as postgres://user@host:5432/database");
        string user = uri.UserInfo.Split(':', 2)[0];
        return new(uri, $"postgres://{(user.Length > 0 ? user + "@" : "")}{uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..]}"
            + uri.PathAndQuery);
    }

    /// <summary>A message of the server without the password, if it should repeat it.</summary>
    public string WithoutPassword(string message) => _password is { Length: > 0 }
        ? message.Replace(_password, "***", StringComparison.Ordinal)
        : message;

    /// <summary>The address without its password.</summary>
    public override string ToString() => Address;
}
