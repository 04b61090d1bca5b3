using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Attractor.Studio.Hosting;

namespace Attractor.Studio;

/// <summary>Where a studio listens, what it shows, and who may see it.</summary>
internal sealed record StudioOptions
{
    /// <summary>The folder whose runs are shown; nothing outside of it is named, read or written.</summary>
    public required string Folder { get; init; }

    /// <summary>Further folders that data of runs are read from, and nothing else.</summary>
    public IReadOnlyList<string> DataFolders { get; init; } = [];

    /// <summary>The address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for one that is free.</summary>
    public int Port { get; init; }

    /// <summary>The password that others log in with; required beyond the loopback.</summary>
    public PasswordHash? Password { get; init; }

    /// <summary>The certificate and key of TLS, as PEM; null for none.</summary>
    public (string Certificate, string Key)? Tls { get; init; }

    /// <summary>What starts the command <c>attractor</c>: a program, and the words before its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>The certificate of TLS with its key; null for none.</summary>
    /// <exception cref="ArgumentException">The files hold none, or the key is another's.</exception>
    public X509Certificate2? ReadCertificate()
    {
        if (Tls is not var (certificate, key))
            return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (CryptographicException)
        {
            throw new ArgumentException(
                $"{certificate} and {key} hold no certificate with its private key: give both as PEM, --certificate FILE --key FILE");
        }
    }

    /// <summary>Refuses what would be open to strangers.</summary>
    /// <exception cref="ArgumentException">There is no password, or no such folder.</exception>
    public void Check()
    {
        if (!Directory.Exists(Folder))
            throw new ArgumentException($"there is no folder {Folder}: name one that holds runs, or is to");
        foreach (string folder in DataFolders)
            if (!Directory.Exists(folder))
                throw new ArgumentException($"there is no folder {folder} to read data from");
        if (!IsLoopback && Password is null)
            throw new ArgumentException(
                $"{Address} can be reached by other machines: put a password into a file and name it, "
                + "attractor studio --listen ADDRESS --password-file FILE");
    }
}
