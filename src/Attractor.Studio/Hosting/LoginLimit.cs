using System.Net;

namespace Attractor.Studio.Hosting;

/// <summary>How often passwords may be tried: a few times a minute from an address, some more from all together.</summary>
/// <param name="clock">The time.</param>
internal sealed class LoginLimit(TimeProvider clock)
{
    private const int MostOfOne = 5, MostOfAll = 30;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly List<(DateTimeOffset Time, IPAddress Address)> _tries = [];
    private readonly Lock _lock = new();

    /// <summary>Counts one try; false where there were too many.</summary>
    public bool Allows(IPAddress address)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            _tries.RemoveAll(t => now - t.Time > s_window);
            if (_tries.Count >= MostOfAll || _tries.Count(t => t.Address.Equals(address)) >= MostOfOne)
                return false;
            _tries.Add((now, address));
            return true;
        }
    }
}
