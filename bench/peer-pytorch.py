"""The same work as bench/learning.ts in plain PyTorch, as JSON: a peer to compare with, no dependency.

Needs PyTorch 1.13 or newer; on Debian: apt-get install python3-torch libopenblas0-pthread
"""
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.keys = nn.Linear(width, width), nn.Linear(width, width)
        self.values, self.out = nn.Linear(width, width), nn.Linear(width, width)

    def split(self, x):
        n, t, w = x.shape
        return x.view(n, t, self.heads, w // self.heads).transpose(1, 2)

    def project(self, memory):
        return self.split(self.keys(memory)), self.split(self.values(memory))

    def forward(self, x, known, mask=None):
        keys, values = known
        query = self.split(self.query(x))
        scores = query @ keys.transpose(-1, -2) / (query.shape[-1] ** 0.5)
        if mask is not None:
            scores = scores + mask
        read = scores.softmax(-1) @ values
        return self.out(read.transpose(1, 2).reshape(x.shape))


class Layer(nn.Module):
    def __init__(self, width, heads, inner, dropout):
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.own, self.cross = Attention(width, heads), Attention(width, heads)
        self.wide, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, image, mask, before=None):
        y = self.norms[0](x)
        known = self.own.project(y)
        if before is not None:
            known = tuple(torch.cat(pair, 2) for pair in zip(before, known))
        x = x + self.dropout(self.own(y, known, mask))
        x = x + self.dropout(self.cross(self.norms[1](x), image))
        x = x + self.dropout(self.narrow(F.gelu(self.wide(self.norms[2](x)))))
        return x, known


class Decoder(nn.Module):
    def __init__(self, width, heads, layers, inner, vocabulary, length, channels, dropout=0.2):
        super().__init__()
        self.projection, self.image_norm = nn.Linear(channels, width), nn.LayerNorm(width)
        self.embedding, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(length, width)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def look(self, tokens):
        memory = self.image_norm(self.projection(tokens))
        return [layer.cross.project(memory) for layer in self.layers]

    def forward(self, words, image):
        t = words.shape[1]
        mask = torch.full((t, t), float("-inf")).triu(1)
        x = self.embedding(words) + self.positions(torch.arange(t))
        for layer, known in zip(self.layers, image):
            x, _ = layer(x, known, mask)
        return self.norm(x) @ self.embedding.weight.T

    def step(self, words, position, image, states):
        x = self.embedding(words)[:, None] + self.positions(torch.tensor([position]))
        after = []
        for i, layer in enumerate(self.layers):
            x, known = layer(x, image[i], None, states[i] if states else None)
            after.append(known)
        return self.norm(x) @ self.embedding.weight.T, after


class Block(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.first = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.second = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for _ in range(2))
        changes = stride > 1 or before != width
        self.way = nn.Sequential(nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width)) if changes else nn.Identity()

    def forward(self, x):
        y = F.relu(self.norms[0](self.first(x)))
        return F.relu(self.norms[1](self.second(y)) + self.way(x))


def small_encoder():
    parts, before = [nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU()], 32
    for width, blocks in ((64, 1), (128, 2), (256, 2)):
        for i in range(blocks):
            parts.append(Block(before, width, 2 if i == 0 else 1))
            before = width
    return nn.Sequential(*parts)


def median_ms(work, runs=13, skip=3):
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[skip:])


def train_decoder():
    decoder = Decoder(256, 4, 3, 1024, 3000, 24, 256)
    optimizer = torch.optim.AdamW(decoder.parameters())
    features, words = torch.rand(64, 49, 256), torch.randint(0, 3000, (64, 23))

    def step():
        logits = decoder(words[:, :-1], decoder.look(features))
        loss = F.cross_entropy(logits.reshape(-1, 3000), words[:, 1:].reshape(-1), label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(decoder.parameters(), 1)
        optimizer.step()

    return median_ms(step)


def train_small():
    encoder, decoder, labels = small_encoder(), Decoder(256, 4, 2, 1024, 2543, 24, 256), nn.Linear(256, 600)
    parameters = [p for part in (encoder, decoder, labels) for p in part.parameters()]
    optimizer = torch.optim.AdamW(parameters)
    pixels, words = torch.rand(64, 3, 112, 112), torch.randint(0, 2543, (128, 21))
    wanted = (torch.rand(64, 600) > 0.95).float()

    def step():
        tokens = encoder(pixels).flatten(2).transpose(1, 2)
        image = [tuple(x.repeat_interleave(2, 0) for x in known) for known in decoder.look(tokens)]
        logits = decoder(words[:, :-1], image)
        loss = F.cross_entropy(logits.reshape(-1, 2543), words[:, 1:].reshape(-1), label_smoothing=0.1)
        loss = loss + 20 * F.binary_cross_entropy_with_logits(labels(tokens.mean(1)), wanted)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1)
        optimizer.step()

    return 64_000 / median_ms(step)


def caption_reference(images):
    decoder = Decoder(512, 8, 6, 2048, 8000, 24, 2048).eval()
    features = torch.rand(images, 49, 2048)

    @torch.inference_mode()
    def caption():
        image = [tuple(x.repeat_interleave(5, 0) for x in known) for known in decoder.look(features)]
        words, states = torch.ones(images * 5, dtype=torch.long), None
        for position in range(20):
            logits, states = decoder.step(words, position, image, states)
            best = F.log_softmax(logits[:, 0], -1).view(images, -1).topk(5).indices
            parents = (best // 8000 + torch.arange(images)[:, None] * 5).flatten()
            words = (best % 8000).flatten()
            states = [tuple(x[parents] for x in known) for known in states]

    return median_ms(caption, 9, 2)


print(
    json.dumps(
        {
            "version": torch.__version__,
            "decoderMs": train_decoder(),
            "smallImagesPerSecond": train_small(),
            "beamMs": caption_reference(1),
            "beamTogetherImagesPerSecond": 8000 / caption_reference(8),
        }
    )
)
