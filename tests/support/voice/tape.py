"""A voice for Orca that speaks into a file, one JSON string to a line: Orca loads it as its `speechServerFactory`."""

import json
import os

from gi.repository import GLib
from orca import speechserver

tape = open(os.environ['ORCA_TAPE'], 'a', buffering=1, encoding='utf-8')


def say(text):
    if text:
        tape.write(json.dumps(text, ensure_ascii=False) + '\n')


class SpeechServer(speechserver.SpeechServer):
    only = None

    @staticmethod
    def getFactoryName():
        return 'tape'

    @staticmethod
    def getSpeechServers():
        return [SpeechServer.getSpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        SpeechServer.only = SpeechServer.only or SpeechServer()
        return SpeechServer.only

    @staticmethod
    def shutdownActiveServers():
        pass

    def getInfo(self):
        return ['tape', 'tape']

    def getVoiceFamilies(self):
        return []

    def speak(self, text=None, acss=None, interrupt=True):
        say(text)

    def speakCharacter(self, character, acss=None):
        say(character)

    def speakKeyEvent(self, event, acss=None):
        pass

    def sayAll(self, contexts, progress):
        def read():
            for context, acss in contexts:
                say(context.utterance)
            return False

        GLib.idle_add(read)

    def stop(self):
        pass
