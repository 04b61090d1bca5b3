namespace Attractor.Numerics;

/// <summary>
/// Two threads for a piece of work in two halves that is repeated thousands of times with hardly anything between: every product of every
/// step of a large network.
/// </summary>
/// <remarks>
/// A half takes microseconds, so the second thread waits for its by spinning, for some hundred microseconds, then it sleeps. The first
/// does not depend on it: a half that has not been begun when it is done with its own it does itself. Where that happens often, or where it
/// had to wait for a thread that lost its processor half-way, it goes on alone for a while, each time for longer. Who does a half does not
/// change what it does. For one caller at a time.
/// </remarks>
internal sealed class ThreadPair : IDisposable
{
    private const int Idle = 0, Offered = 1, Taken = 2, Done = 3;

    // Patience in spins of some nanoseconds each. A thread without a processor is away for milliseconds, which is as bad as many misses;
    // whoever goes on alone does so for thousands of pieces of work, up to some minutes of them.
    private const int IdleSpins = 20_000, Patience = 1000, MostMisses = 64, CostOfLate = 32, LeastAlone = 4000, MostAlone = 1 << 26;

    private readonly IHalves _work;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Thread _thread;
    private int _state, _asleep, _misses, _alone, _nextAlone = LeastAlone, _together;
    private volatile bool _stop;

    /// <summary>For this work; its second thread begins to wait.</summary>
    public ThreadPair(IHalves work)
    {
        _work = work;
        _thread = new(Help) { IsBackground = true, Name = "attractor: second half" };
        _thread.Start();
    }

    /// <summary>Work in two independent halves.</summary>
    public interface IHalves
    {
        /// <summary>Does the half 0 or 1 of what is to be done now.</summary>
        void Do(int half);
    }

    /// <summary>Does both halves.</summary>
    public void Run()
    {
        if (_alone > 0)
        {
            _alone--;
            _work.Do(0);
            _work.Do(1);
            return;
        }
        // A fence: whoever goes to sleep after it sees the offer.
        Interlocked.Exchange(ref _state, Offered);
        if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
            _wake.Release();
        _work.Do(0);
        if (Interlocked.CompareExchange(ref _state, Idle, Offered) == Offered)
        {
            _work.Do(1);
            Miss(1);
            return;
        }
        bool late = false;
        for (int spin = 0; Volatile.Read(ref _state) != Done; spin++)
            if (spin < Patience)
            {
                Thread.SpinWait(1);
            }
            else
            {
                late = true;
                Thread.Yield();
            }
        Volatile.Write(ref _state, Idle);
        if (late)
            Miss(CostOfLate);
        else
            Hit();
    }

    public void Dispose()
    {
        _stop = true;
        _wake.Release();
        _thread.Join();
        _wake.Dispose();
    }

    private void Miss(int cost)
    {
        _misses += cost;
        if (_misses < MostMisses)
            return;
        (_misses, _together) = (0, 0);
        _alone = _nextAlone;
        _nextAlone = Math.Min(MostAlone, 4 * _nextAlone);
    }

    // Long together, soon together again after a bad time.
    private void Hit()
    {
        _misses = Math.Max(0, _misses - 1);
        if (++_together < 100 * LeastAlone)
            return;
        _together = 0;
        _nextAlone = LeastAlone;
    }

    private void Help()
    {
        int idle = 0;
        while (!_stop)
        {
            if (Volatile.Read(ref _state) == Offered && Interlocked.CompareExchange(ref _state, Taken, Offered) == Offered)
            {
                _work.Do(1);
                Volatile.Write(ref _state, Done);
                idle = 0;
            }
            else if (++idle < IdleSpins)
            {
                Thread.SpinWait(1);
            }
            else
            {
                // Announced before the last look, so that whoever offers after it knows to wake.
                Interlocked.Exchange(ref _asleep, 1);
                if (Volatile.Read(ref _state) != Offered && !_stop)
                    _wake.Wait();
                Interlocked.Exchange(ref _asleep, 0);
                idle = 0;
            }
        }
    }
}
