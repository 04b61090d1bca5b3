using System.Security.Cryptography;

namespace Attractor.Studio.Hosting;

/// <summary>A password as a salted hash (PBKDF2 with SHA-256): the password itself is not kept.</summary>
internal sealed class PasswordHash
{
    private const int Iterations = 600_000, Size = 32, Fewest = 8;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16), _hash;

    /// <param name="password">The password.</param>
    /// <exception cref="ArgumentException">It is so short that it can be guessed.</exception>
    public PasswordHash(string password)
    {
        if (password.Length < Fewest)
            throw new ArgumentException($"the password has {password.Length} characters: take at least {Fewest}");
        _hash = Hash(password);
    }

    /// <summary>Whether it is that password; takes as long either way.</summary>
    public bool IsOf(string password) => CryptographicOperations.FixedTimeEquals(Hash(password), _hash);

    private byte[] Hash(string password) => Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, Size);
}
