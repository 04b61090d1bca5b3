"""A training step of other recurrent cells in eager PyTorch: forward + backward + clip + RAdam, ms a step.
usage: cell_train.py KIND M X [--form eager] [--threads 1]     X: P of alrnn, B of dendplrnn, else 0; M of lstm counts outputs and memories"""
from peerlib import emit, lorenz63, options, timed, torch_with


def extra(p):
    p.add_argument("kind")
    p.add_argument("M", type=int)
    p.add_argument("X", type=int)
    p.add_argument("--N", type=int, default=3)
    p.add_argument("--B", type=int, default=16)
    p.add_argument("--T", type=int, default=200)
    p.add_argument("--tau", type=int, default=16)
    p.add_argument("--form", default="eager")
    p.add_argument("--clip", type=float, default=10.0)


a = options(__doc__, extra, torch=True)
torch = torch_with(a)
N, M, X = a.N, a.M, a.X
H = M // 2 if a.kind == "lstm" else M
g = torch.Generator().manual_seed(0)
small = lambda *shape: (0.1 * torch.randn(*shape, generator=g)).requires_grad_()

if a.kind in ("rnn", "gru", "lstm"):
    cell = {"rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}[a.kind](1, H)
    parameters = list(cell.parameters())
    nothing = torch.zeros(a.B, 1)

    def step(z):
        return torch.cat(cell(nothing, (z[:, :H], z[:, H:])), 1) if a.kind == "lstm" else cell(nothing, z)
else:
    A, W, h = (0.9 * torch.ones(M)).requires_grad_(), small(M, M), small(M)
    alpha, thresholds = small(max(X, 1)), small(M, max(X, 1))
    parameters = [A, W, h] + ([alpha, thresholds] if "dend" in a.kind else [])

    def phi(z):
        if a.kind == "alrnn":
            return torch.cat([z[:, :-X], torch.relu(z[:, -X:])], 1)
        if a.kind == "mcplrnn":
            return torch.relu(z - z.mean(1, keepdim=True))
        r = torch.relu(z[:, :, None] - thresholds)
        return ((r - torch.relu(z)[:, :, None] if a.kind == "clipped-dendplrnn" else r) * alpha).sum(2)

    def step(z):
        return A * z + phi(z) @ W.T + h


L = small(M - N, N)
parameters.append(L)
optimiser = torch.optim.RAdam(parameters, lr=1e-4)
data = torch.tensor(lorenz63(4000)[:, :N], dtype=torch.float32)
batches = []
for _ in range(16):
    i0 = torch.randint(0, len(data) - a.T - 1, (a.B,), generator=g).tolist()
    batches.append(torch.stack([data[i : i + a.T + 1] for i in i0]))
k = 0


def one():
    global k
    x = batches[k % 16]
    k += 1
    z, predictions = torch.cat([x[:, 0], x[:, 0] @ L.T], 1), []
    for t in range(a.T):
        if t % a.tau == 0:
            z = torch.cat([x[:, t], z[:, N:]], 1)
        z = step(z)
        predictions.append(z[:, :N])
    loss = ((torch.stack(predictions, 1) - x[:, 1:]) ** 2).mean()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, a.clip)
    optimiser.step()


ts = timed(one, a.repeats, block_s=1.0, warmup_s=1.0)
emit("cell_train_step", dict(kind=a.kind, M=M, X=X, N=N, B=a.B, T=a.T, tau=a.tau), ts, "s/step", a)
