using System.Diagnostics.CodeAnalysis;

namespace Attractor.Numerics;

/// <summary>Threads that help with one piece of work at a time: it is cut into parts, and whoever is free takes the next.</summary>
/// <remarks>
/// Between pieces of work that follow each other within some hundred microseconds the helpers wait by spinning, which they answer to ten
/// times as fast as to being woken; then they sleep. Someone who comes while the team is busy works alone. A caller never waits for a
/// helper that has not begun.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "There is one, as long as the process lives.")]
internal sealed class ThreadTeam
{
    private const int IdleSpins = 5000, FinishSpins = 2000;

    private static readonly Lazy<ThreadTeam> s_shared = new(() => new(Environment.ProcessorCount - 1));

    private readonly SemaphoreSlim _wake = new(0);
    private int _busy, _sleeping, _unfinished;
    private IParts? _work;

    // Round, number of parts and the next of them in one word: whoever takes a part takes it of the round that he has seen.
    private long _state;

    private ThreadTeam(int helpers)
    {
        for (int i = 0; i < helpers; i++)
            new Thread(Help) { IsBackground = true, Name = "attractor: crew" }.Start();
    }

    /// <summary>Instead of a number of threads: as many as there are processors.</summary>
    public const int AllProcessors = 0;

    /// <summary>Work that is cut into independent parts.</summary>
    public interface IParts
    {
        void Do(int part);
    }

    /// <summary>Takes the team for the caller, unless it is busy; then <see cref="Do(IParts, int)"/> must follow.</summary>
    public static ThreadTeam? TryTake()
    {
        ThreadTeam crew = s_shared.Value;
        return Interlocked.Exchange(ref crew._busy, 1) == 0 ? crew : null;
    }

    /// <summary>Does all parts: with whoever of the team is free, or alone.</summary>
    /// <param name="work">The work.</param>
    /// <param name="parts">How many parts it has.</param>
    /// <param name="threads">1 to do it alone; or <see cref="AllProcessors"/>.</param>
    public static void Do(IParts work, int parts, int threads)
    {
        if (threads != 1 && parts > 1 && TryTake() is { } crew)
            crew.Do(work, parts);
        else
            for (int part = 0; part < parts; part++)
                work.Do(part);
    }

    /// <summary>Does all parts, together with the helpers, and lets go of the team.</summary>
    public void Do(IParts work, int parts)
    {
        _work = work;
        _unfinished = parts;
        long round = (Volatile.Read(ref _state) >> 32) + 1;
        Interlocked.Exchange(ref _state, (round << 32) | ((long)parts << 16));
        if (Volatile.Read(ref _sleeping) > 0)
            _wake.Release(Interlocked.Exchange(ref _sleeping, 0));
        while (TakePart())
        {
        }
        for (int spin = 0; Volatile.Read(ref _unfinished) > 0; spin++)
            if (spin < FinishSpins)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        Volatile.Write(ref _busy, 0);
    }

    private bool TakePart()
    {
        while (true)
        {
            long state = Volatile.Read(ref _state);
            int part = (int)(state & 0xFFFF), parts = (int)((state >> 16) & 0xFFFF);
            if (part >= parts)
                return false;
            if (Interlocked.CompareExchange(ref _state, state + 1, state) != state)
                continue;
            // The round cannot end before this part has: its work is there.
            _work!.Do(part);
            Interlocked.Decrement(ref _unfinished);
            return true;
        }
    }

    private void Help()
    {
        int idle = 0;
        while (true)
        {
            if (TakePart())
                idle = 0;
            else if (++idle < IdleSpins)
                Thread.SpinWait(1);
            else
            {
                // Announced before the last look, so that whoever brings work after it knows to
                // wake. To be woken once too often does no harm.
                Interlocked.Increment(ref _sleeping);
                if (!TakePart())
                    _wake.Wait();
                idle = 0;
            }
        }
    }
}
